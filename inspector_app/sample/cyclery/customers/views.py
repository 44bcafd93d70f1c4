from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import DetailView, ListView

from .models import Customer


class CustomerList(LoginRequiredMixin, ListView):
    model = Customer
    paginate_by = 50


class CustomerDetail(LoginRequiredMixin, DetailView):
    queryset = Customer.objects.prefetch_related("bicycles")
