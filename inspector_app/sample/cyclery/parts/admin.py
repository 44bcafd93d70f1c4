from django.contrib import admin

from .models import Category, Part, StockMovement, Supplier

admin.site.register([Category, Supplier])


@admin.register(Part)
class PartAdmin(admin.ModelAdmin):
    list_display = ["sku", "name", "category", "price", "in_stock"]
    list_filter = ["category"]
    search_fields = ["sku", "name"]


@admin.register(StockMovement)
class StockMovementAdmin(admin.ModelAdmin):
    list_display = ["part", "quantity", "moved_at"]
    date_hierarchy = "moved_at"
