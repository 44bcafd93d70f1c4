from django.db import models


class Supplier(models.Model):
    name = models.CharField(max_length=120, unique=True)
    website = models.URLField(blank=True)
    lead_days = models.PositiveSmallIntegerField(default=3)

    def __str__(self):
        return self.name


class Category(models.Model):
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name_plural = "categories"

    def __str__(self):
        return self.name


class Part(models.Model):
    sku = models.CharField("SKU", max_length=40, unique=True)
    name = models.CharField(max_length=160)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="parts")
    suppliers = models.ManyToManyField(Supplier, related_name="parts", null=True)
    replaces = models.ManyToManyField("self", symmetrical=False, blank=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    in_stock = models.IntegerField(default=0)
    reorder_at = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="part_price_positive"),
        ]

    def __str__(self):
        return f"{self.sku} {self.name}"


class StockMovement(models.Model):
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="movements")
    supplier = models.ForeignKey(Supplier, on_delete=models.SET_NULL, null=True, blank=True)
    quantity = models.IntegerField(help_text="Negative when parts leave the stock.")
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "parts_movement"
        indexes = [models.Index(fields=["part", "moved_at"], name="movement_by_part")]

    def __str__(self):
        return f"{self.quantity:+d} {self.part.sku}"
