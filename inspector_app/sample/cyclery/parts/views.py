from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from .models import Part


def _summary(part):
    return {"sku": part.sku, "name": part.name, "price": str(part.price), "stock": part.in_stock}


def catalogue(request):
    return JsonResponse({"parts": [_summary(part) for part in Part.objects.all()]})


def part(request, sku):
    return JsonResponse(_summary(get_object_or_404(Part, sku=sku)))


@login_required
def reorder(request):
    low = Part.objects.filter(in_stock__lte=F("reorder_at"))
    return JsonResponse({"parts": [_summary(part) for part in low]})
