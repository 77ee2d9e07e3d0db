"""Deals: candidates are proposed, completed, referred, merged, judged and recorded, each step a component."""
