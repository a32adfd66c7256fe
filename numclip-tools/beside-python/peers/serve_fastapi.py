"""A server by FastAPI and transformers as usually written: an image in, its likeliest prompt out. Usage: MODEL PORT PROMPT...

The text features are computed once, at the start. Requests are answered on the threads of Starlette, one image each.
"""
import io
import sys

import torch
import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from PIL import Image
from transformers import CLIPModel, CLIPProcessor

import common  # sets the number of threads

model_directory, port, *prompts = sys.argv[1:]
model = CLIPModel.from_pretrained(model_directory).eval()
processor = CLIPProcessor.from_pretrained(model_directory)
with torch.inference_mode():
    texts = model.get_text_features(**processor(text=prompts, return_tensors="pt", padding=True))
    texts = getattr(texts, "pooler_output", texts)
    texts = texts / texts.norm(dim=1, keepdim=True)
app = FastAPI()


@app.get("/ready")
def ready():
    return {"ready": True}


@app.post("/v1/predict")
async def predict(request: Request):
    return await run_in_threadpool(answer, await request.body())


@torch.inference_mode()
def answer(body):
    pixels = processor(images=Image.open(io.BytesIO(body)), return_tensors="pt")
    image = model.get_image_features(**pixels)
    image = getattr(image, "pooler_output", image)
    scores = (model.logit_scale.exp() * image / image.norm() @ texts.T)[0].softmax(0)
    return {"prompt": prompts[scores.argmax()], "probabilities": dict(zip(prompts, scores.tolist()))}


uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
