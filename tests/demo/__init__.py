"""Tests of the demonstration content."""
