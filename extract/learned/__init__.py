"""What a model learnt from annotated articles: it proposes deals beside the frames, and judges all proposals."""
