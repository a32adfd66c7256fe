"""One image and five prompts by transformers, from the start to the prediction. Usage: MODEL IMAGE PROMPT..."""
import sys

import torch
from PIL import Image
from transformers import CLIPModel, CLIPProcessor

from common import Stopwatch, report

model_directory, image, *prompts = sys.argv[1:]
watch = Stopwatch()
model = CLIPModel.from_pretrained(model_directory).eval()
processor = CLIPProcessor.from_pretrained(model_directory)
inputs = processor(text=prompts, images=Image.open(image), return_tensors="pt", padding=True)
with torch.inference_mode():
    probabilities = model(**inputs).logits_per_image[0].softmax(0)
print(prompts[probabilities.argmax()], f"{probabilities.max():.3f}")
report("seconds", watch.seconds())
