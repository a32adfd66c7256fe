package org.example.photos;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.langchain4j.ClipEmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prints which photographs look most like some words: {@code PhotoSearch CLIP FOLDER WORDS}. */
public final class PhotoSearch {

    public static void main(String[] arguments) throws IOException {
        try (ClipEmbeddings clip = ClipEmbeddings.open(Path.of(arguments[0]));
                ClipEmbeddingModel model = new ClipEmbeddingModel(clip, "clip");
                Stream<Path> files = Files.walk(Path.of(arguments[1])).filter(Files::isRegularFile)) {
            List<Path> photos = files.toList();
            InMemoryEmbeddingStore<Path> store = new InMemoryEmbeddingStore<>();
            clip.images(photos, clip.batch(), (index, found) -> {
                if (found.features() != null) { // other files say why they are no pictures: found.problem()
                    store.add(Embedding.from(found.features()), photos.get(index));
                }
            });
            Embedding words = model.embed(arguments[2]).content();
            store.search(EmbeddingSearchRequest.builder().queryEmbedding(words).maxResults(5).build())
                    .matches()
                    .forEach(match -> System.out.printf("%.3f %s%n", match.score(), match.embedded()));
        }
    }
}
