"""Addresses of the live sockets."""

from django.urls import path

websocket_urlpatterns: list = []
