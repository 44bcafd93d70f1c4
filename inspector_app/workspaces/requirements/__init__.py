"""What a project asks for, from the requirement and lock files of every tool."""
