"""Packages and parcels, as their services answer for them."""
