"""Tests of inspector_app.sections."""
