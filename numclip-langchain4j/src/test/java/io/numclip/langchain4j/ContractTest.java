package io.numclip.langchain4j;

import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import io.numclip.clip.Precision;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.golden.GoldenFigures;
import io.numclip.image.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's own contract for embedding models. */
class ContractTest extends AbstractEmbeddingModelIT {

    private final List<ClipEmbeddingModel> opened = new ArrayList<>();

    /** A new one each time: JUnit closes the arguments of a test. */
    @Override
    protected List<EmbeddingModel> models() {
        return List.of(open());
    }

    @Override
    protected EmbeddingModel modelWith(EmbeddingModelListener listener) {
        return open(listener);
    }

    @Override
    protected EmbeddingModel failingModelWith(EmbeddingModelListener listener) {
        ClipEmbeddingModel closed = open(listener);
        closed.close();
        return closed;
    }

    /** Instead of one out of the network. */
    @Override
    protected ImageContent catImage() {
        return ImageContent.from(GoldenFigures.IMAGES.resolve("photo.jpg"), "image/jpeg");
    }

    @Override
    protected boolean supportsInputTypeParameter() {
        return false;
    }

    @Override
    protected boolean supportsDimensionsParameter() {
        return false;
    }

    @Override
    protected boolean supportsInterleavedInput() {
        return false;
    }

    private ClipEmbeddingModel open(EmbeddingModelListener... listeners) {
        try {
            ClipEmbeddings clip =
                    ClipEmbeddings.open(GoldenFigures.CLIP.toString(), "cpu", Precision.FP32, Background.NONE);
            ClipEmbeddingModel model = new ClipEmbeddingModel(clip, "tiny", listeners);
            opened.add(model);
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void close() {
        opened.forEach(ClipEmbeddingModel::close);
    }
}
