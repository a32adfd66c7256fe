package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.numclip.clip.directory.ClipConfig;

/** The image tower once more, written with NDArray operations: a check of the kernel, and what it is measured against. */
final class NDArrayImageTower {

    private final ClipBackbone backbone;
    private final ClipConfig.Vision config;

    NDArrayImageTower(ClipBackbone backbone) {
        this.backbone = backbone;
        this.config = backbone.config().vision();
    }

    NDArray encode(NDArray pixels) {
        NDArray kernel = weight("vision_model.embeddings.patch_embedding.weight");
        NDArray bias = pixels.getManager().zeros(new Shape(config.hiddenSize()));
        NDArray patches = Conv2d.conv2d(pixels, kernel, bias, new Shape(config.patchSize(), config.patchSize()))
                .get(0); // (N, W, rows, columns)
        long images = patches.getShape().get(0);
        patches = patches.reshape(images, config.hiddenSize(), -1).transpose(0, 2, 1); // (N, L-1, W)
        NDArray first = weight("vision_model.embeddings.class_embedding")
                .broadcast(images, 1, config.hiddenSize()); // (N, 1, W)
        NDArray x = NDArrays.concat(new NDList(first, patches), 1); // (N, L, W)
        x = x.add(weight("vision_model.embeddings.position_embedding.weight"));
        x = norm(x, "vision_model.pre_layrnorm");
        for (int i = 0; i < config.layers(); i++) {
            x = layer(x, "vision_model.encoder.layers." + i + ".");
        }
        NDArray pooled = norm(x.get(":, 0"), "vision_model.post_layernorm"); // (N, W)
        return pooled.matMul(weight("visual_projection.weight").transpose()); // (N, D)
    }

    private NDArray layer(NDArray x, String name) {
        NDArray normed = norm(x, name + "layer_norm1");
        NDArray queries = heads(dense(normed, name + "self_attn.q_proj")); // (N, H, L, W/H)
        NDArray keys = heads(dense(normed, name + "self_attn.k_proj"));
        NDArray values = heads(dense(normed, name + "self_attn.v_proj"));
        double scale = Math.sqrt((double) config.hiddenSize() / config.heads());
        NDArray weights = queries.matMul(keys.transpose(0, 1, 3, 2)).div(scale).softmax(-1); // (N, H, L, L)
        NDArray attended = weights.matMul(values).transpose(0, 2, 1, 3).reshape(x.getShape()); // (N, L, W)
        NDArray sum = x.add(dense(attended, name + "self_attn.out_proj"));
        NDArray hidden = dense(norm(sum, name + "layer_norm2"), name + "mlp.fc1"); // (N, L, 4W)
        hidden = hidden.mul(Activation.sigmoid(hidden.mul(1.702f)));
        return sum.add(dense(hidden, name + "mlp.fc2"));
    }

    private NDArray heads(NDArray x) {
        long width = config.hiddenSize() / config.heads();
        return x.reshape(x.getShape().get(0), x.getShape().get(1), config.heads(), width)
                .transpose(0, 2, 1, 3);
    }

    private NDArray dense(NDArray x, String name) {
        return Linear.linear(x, weight(name + ".weight"), weight(name + ".bias"))
                .get(0);
    }

    private NDArray norm(NDArray x, String name) {
        return LayerNorm.layerNorm(
                        x, new Shape(config.hiddenSize()), weight(name + ".weight"), weight(name + ".bias"), (float)
                                config.layerNormEps())
                .get(0);
    }

    private NDArray weight(String name) {
        return backbone.imageTower().parameters().get(name).getArray();
    }
}
