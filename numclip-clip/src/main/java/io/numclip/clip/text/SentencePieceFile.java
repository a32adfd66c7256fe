package io.numclip.clip.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.storage.JsonFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A unigram model of SentencePiece ({@code spiece.model}, a protocol buffer) as the {@code tokenizer.json} that
 * {@code transformers} makes of it.
 */
final class SentencePieceFile {

    private static final int PIECES = 1;
    private static final int TRAINER = 2;
    private static final int NORMALIZER = 3;
    private static final int UNIGRAM = 1;
    private static final int UNKNOWN = 2;
    private static final String SPACE = "\u2581";

    private final Path file;
    private final ArrayNode vocabulary = JsonFile.MAPPER.createArrayNode();
    private int unknown = -1;
    private int model = UNIGRAM;
    private byte[] characters = {};

    private SentencePieceFile(Path file) {
        this.file = file;
    }

    static JsonNode tokenizer(Path file, byte[] bytes) {
        SentencePieceFile pieces = new SentencePieceFile(file);
        try {
            pieces.read(new ProtocolBuffer(bytes));
        } catch (IllegalArgumentException e) {
            throw JsonFile.damaged(file, "not a model of SentencePiece: " + e.getMessage());
        }
        return pieces.json();
    }

    private void read(ProtocolBuffer root) {
        while (root.next()) {
            switch (root.field()) {
                case PIECES -> addPiece(root.message());
                case TRAINER -> readTrainer(root.message());
                case NORMALIZER -> readNormalizer(root.message());
                default -> root.skip();
            }
        }
    }

    private void addPiece(ProtocolBuffer piece) {
        String text = "";
        float score = 0;
        long type = 1;
        while (piece.next()) {
            switch (piece.field()) {
                case 1 -> text = new String(piece.bytes(), StandardCharsets.UTF_8);
                case 2 -> score = piece.fixed32();
                case 3 -> type = piece.varint();
                default -> piece.skip();
            }
        }
        if (type == UNKNOWN) {
            unknown = vocabulary.size();
        }
        vocabulary.addArray().add(text).add((double) score);
    }

    private void readTrainer(ProtocolBuffer trainer) {
        while (trainer.next()) {
            if (trainer.field() == 3) {
                model = (int) trainer.varint();
            } else {
                trainer.skip();
            }
        }
    }

    private void readNormalizer(ProtocolBuffer normalizer) {
        while (normalizer.next()) {
            if (normalizer.field() == 2) {
                characters = normalizer.bytes();
            } else {
                normalizer.skip();
            }
        }
    }

    private JsonNode json() {
        if (model != UNIGRAM) {
            throw JsonFile.damaged(file, "expected a unigram model, found model_type " + model);
        }
        ObjectNode root = JsonFile.MAPPER.createObjectNode();
        root.put("version", "1.0").putArray("added_tokens");
        ArrayNode normalizers =
                root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (characters.length > 0) {
            normalizers.addObject().put("type", "Precompiled").put("precompiled_charsmap", characters);
        }
        normalizers
                .addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("Regex", " {2,}");
        root.putObject("pre_tokenizer")
                .put("type", "Metaspace")
                .put("replacement", SPACE)
                .put("prepend_scheme", "always")
                .put("split", true);
        root.putObject("model")
                .put("type", "Unigram")
                .put("unk_id", unknown)
                .put("byte_fallback", false)
                .set("vocab", vocabulary);
        return root;
    }
}
