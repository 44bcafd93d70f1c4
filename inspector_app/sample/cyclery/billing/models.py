from django.core.validators import MinValueValidator
from django.db import models

from workshop.models import RepairOrder


class Invoice(models.Model):
    order = models.OneToOneField(RepairOrder, on_delete=models.PROTECT, related_name="invoice")
    number = models.CharField(max_length=20, unique=True)
    issued_on = models.DateField()
    net = models.DecimalField(max_digits=9, decimal_places=2)
    vat_percent = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        ordering = ["-issued_on"]

    def __str__(self):
        return self.number


class Payment(models.Model):
    class Method(models.TextChoices):
        CASH = "cash"
        CARD = "card"
        TRANSFER = "transfer"

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="payments")
    amount = models.DecimalField(
        max_digits=9, decimal_places=2, validators=[MinValueValidator(0.01)]
    )
    method = models.CharField(max_length=10, choices=Method.choices)
    paid_at = models.DateTimeField()

    def __str__(self):
        return f"{self.amount} by {self.method}"
