from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=30, blank=True)
    joined_on = models.DateField(auto_now_add=True)
    newsletter = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Address(models.Model):
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self):
        return f"{self.street}, {self.city}"


class Bicycle(models.Model):
    class Kind(models.TextChoices):
        CITY = "city"
        ROAD = "road"
        MOUNTAIN = "mountain"
        CARGO = "cargo"

    owner = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="bicycles")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    brand = models.CharField(max_length=60)
    frame_number = models.CharField(max_length=40, unique=True)
    electric = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.brand} ({self.frame_number})"
