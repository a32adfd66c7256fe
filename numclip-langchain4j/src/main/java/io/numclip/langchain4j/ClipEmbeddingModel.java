package io.numclip.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.embedding.ClipEmbeddings.TextEmbedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A CLIP as an embedding model of LangChain4j: a text and a picture of the same lie close together. An input is a text or one
 * picture; the vectors are those of {@link ClipEmbeddings}, not normalised. Any number of threads may use one.
 */
public final class ClipEmbeddingModel implements EmbeddingModel, AutoCloseable {

    private final ClipEmbeddings clip;
    private final String name;
    private final List<EmbeddingModelListener> listeners;

    /**
     * @param clip opened with its text tower; closed with this
     * @param name as responses and listeners have it
     */
    public ClipEmbeddingModel(ClipEmbeddings clip, String name, EmbeddingModelListener... listeners) {
        this.clip = clip;
        this.name = name;
        this.listeners = List.of(listeners);
    }

    /**
     * @param directory as {@link ClipEmbeddings#open(Path)}; its last part is the model's name
     * @throws io.numclip.data.NumClipException if it is missing or damaged, or has an image tower only
     */
    public static ClipEmbeddingModel open(Path directory) throws IOException {
        Path whole = directory.toAbsolutePath().normalize();
        return new ClipEmbeddingModel(ClipEmbeddings.open(directory), String.valueOf(whole.getFileName()));
    }

    /**
     * @throws UnsupportedFeatureException if an input is neither text nor one picture, or a picture is to be fetched
     * @throws InvalidRequestException if a picture cannot be read
     */
    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        List<EmbeddingInput> inputs = request.inputs();
        Iterator<float[]> pictures = vectors(inputs.stream()
                        .filter(ClipEmbeddingModel::isPicture)
                        .map(ClipEmbeddingModel::image)
                        .toList())
                .iterator();
        List<TextEmbedding> texts = clip.texts(inputs.stream()
                .filter(input -> !isPicture(input))
                .map(EmbeddingInput::text)
                .toList());
        Iterator<float[]> words = texts.stream().map(TextEmbedding::embedding).iterator();
        return EmbeddingResponse.builder()
                .embeddings(inputs.stream()
                        .map(input -> Embedding.from((isPicture(input) ? pictures : words).next()))
                        .toList())
                .modelName(name)
                .tokenUsage(new TokenUsage(
                        texts.stream().mapToInt(text -> text.ids().length).sum()))
                .build();
    }

    private static boolean isPicture(EmbeddingInput input) {
        boolean isPicture = input.contentTypes().contains(ContentType.IMAGE);
        if (isPicture && input.contents().size() > 1) {
            throw new UnsupportedFeatureException(
                    "an input must be a text or one picture, because CLIP has no vector of" + " both; found "
                            + input.contents().size() + " parts. Embed each by itself.");
        }
        return isPicture;
    }

    private List<float[]> vectors(List<Object> images) {
        List<float[]> vectors = new ArrayList<>();
        try {
            clip.images(images, clip.batch(), (index, found) -> {
                if (found.features() == null) {
                    throw new InvalidRequestException("picture " + (index + 1) + ": " + found.problem());
                }
                vectors.add(found.features());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }

    /** A form that {@link ClipEmbeddings} reads. */
    private static Object image(EmbeddingInput input) {
        Image image = ((ImageContent) input.contents().get(0)).image();
        if (image.base64Data() != null) {
            return Base64.getMimeDecoder().decode(image.base64Data());
        }
        if (image.url() == null || !"file".equalsIgnoreCase(image.url().getScheme())) {
            throw new UnsupportedFeatureException(
                    "a picture must be base64 or a URL file:…, because nothing is fetched;" + " found " + image.url()
                            + ". Fetch it first.");
        }
        return Path.of(image.url());
    }

    @Override
    public Set<ContentType> supportedContentTypes() {
        return Set.of(ContentType.TEXT, ContentType.IMAGE);
    }

    @Override
    public List<EmbeddingModelListener> listeners() {
        return listeners;
    }

    /** The length of every vector. */
    @Override
    public int dimension() {
        return clip.dimension();
    }

    @Override
    public String modelName() {
        return name;
    }

    /** Waits for the requests that run, and frees the weights. */
    @Override
    public void close() {
        clip.close();
    }
}
