package io.numclip.training;

import static io.numclip.data.RefusalAssert.assertRefused;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.data.RefusalAssert;
import io.numclip.features.FeatureCache;
import io.numclip.golden.ReferenceModel;
import io.numclip.image.ImageFile;
import io.numclip.input.PixelPool;
import io.numclip.model.BaseModel;
import io.numclip.model.ModelDescription;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.storage.CacheFolder;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.Kept;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a tiny CLIP on gray squares, with a folder and a cache for each test. */
@Tag("ci")
abstract class TrainerFixture {

    static final LearningRates ALL = LearningRates.frozen()
            .with(Part.IMAGE_ENCODER, 1e-5)
            .with(Part.TEXT_ENCODER, 1e-5)
            .with(Part.ADAPTER, 1e-3)
            .with(Part.CONTEXT, 1e-4)
            .with(Part.CONCEPTS, 1e-4)
            .with(Part.FINE_HEAD, 1e-3)
            .with(Part.LOGIT_SCALE, 1e-5);
    static final LearningRates FROZEN_TOWER = LearningRates.frozen()
            .with(Part.ADAPTER, 1e-3)
            .with(Part.CONCEPTS, 1e-3)
            .with(Part.FINE_HEAD, 1e-3);
    static final Lora LORA = new Lora(
            2,
            1,
            Lora.Scaling.SQRT,
            "all",
            Lora.defaults().targets(),
            Lora.defaults().towers(),
            "");

    @TempDir
    Path folder;

    final TestingListener listener = new TestingListener();
    final List<LabeledImage> images = TestingImages.squares(20);
    final List<LabeledImage> validation = TestingImages.squares(7);

    @BeforeEach
    void useOwnCache() {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
    }

    @AfterEach
    void forgetCache() {
        System.clearProperty(CacheFolder.PROPERTY);
    }

    static TrainingConfig config(int epochs, LearningRates rates) {
        return TestingTraining.epochs(epochs, rates).config();
    }

    TrainingResult fit(TrainingConfig config, String run) throws IOException {
        return fit(config, images, run);
    }

    TrainingResult fit(TrainingConfig config, List<LabeledImage> train, String run) throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            return trainer(model, config, run).fit(train, validation);
        }
    }

    TrainingResult fit(WeightedLoss loss, TrainingConfig config) throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            return trainer(model, List.of(loss), config, store("run", config), features())
                    .fit(images, validation);
        }
    }

    /** A loss that makes numbers small has two epochs to be of use. */
    TrainingResult fitUseless(Kept keep) throws IOException {
        WeightedLoss useless = new WeightedLoss(
                "useless", 1, (output, targets) -> output.value().mean());
        return fit(useless, patient(keep));
    }

    static TrainingConfig patient(Kept keep) {
        return TestingTraining.epochs(50, FROZEN_TOWER).patience(2, keep).config();
    }

    /** A and B alone are trained. */
    TrainingResult fitLowRank(NumClipModel model, int epochs, String run) throws IOException {
        LearningRates rates =
                LearningRates.frozen().with(Part.IMAGE_ENCODER, 1e-3).with(Part.TEXT_ENCODER, 1e-3);
        TrainingConfig config = TestingTraining.epochs(epochs, rates)
                .seed(3)
                .optimizer(Optimizer.Choice.ADAMW)
                .decaying(0.01, 0)
                .lora(LORA)
                .config();
        ModelDescription plain = description();
        ModelDescription description = new ModelDescription(
                plain.base(),
                plain.preprocessor(),
                plain.scale(),
                plain.coarseHead(),
                plain.fineHead(),
                plain.method(),
                LORA);
        TrainingStore store = TrainingStore.folder(folder.resolve(run), description, Map.of());
        return new Trainer(model, description, ReferenceModel.losses(24), config, features(), store, listener)
                .fit(images, validation);
    }

    Trainer trainer(NumClipModel model, TrainingConfig config, String run) throws IOException {
        return trainer(model, config, store(run, config), features());
    }

    Trainer trainer(NumClipModel model, TrainingConfig config, TrainingStore store, FeatureCache features)
            throws IOException {
        return trainer(model, ReferenceModel.losses(24), config, store, features);
    }

    private Trainer trainer(
            NumClipModel model,
            List<WeightedLoss> losses,
            TrainingConfig config,
            TrainingStore store,
            FeatureCache features)
            throws IOException {
        return new Trainer(model, description(), losses, config, features, store, listener);
    }

    TrainingStore store(String run, TrainingConfig config) throws IOException {
        return TrainingStore.folder(
                folder.resolve(run),
                description(),
                Map.of("learningRates", config.learningRates().toString()));
    }

    RefusalAssert assertFitRefused(Kind kind, TrainingConfig config) {
        return assertRefused(kind, () -> fit(config, "run"));
    }

    static FeatureCache features() throws IOException {
        return FeatureCache.of(base(), Precision.FP32, preprocessor());
    }

    NumClipPredictor read(String run) throws IOException {
        ModelDirectory directory = ModelDirectory.open(folder.resolve(run).resolve("model"));
        return directory.predictor(
                base(),
                ReferenceModel.coarseHead(directory.embedDim()),
                ReferenceModel.head(directory.embedDim()),
                Device.cpu(),
                Precision.FP32);
    }

    /** Mean, on the validation images. */
    double error(NumClipPredictor predictor) throws IOException {
        PixelPool pool = new PixelPool(List.of(predictor.preprocessor()));
        List<PixelPool.Image> pictures = new ArrayList<>();
        for (LabeledImage image : validation) {
            pictures.add(pool.read(image.source()));
        }
        List<Prediction> predictions = pool.look(pictures, predictor::predict);
        double sum = 0;
        for (int i = 0; i < predictions.size(); i++) {
            sum += Math.abs(predictions.get(i).value() - validation.get(i).label());
        }
        return sum / predictions.size();
    }

    static List<Double> maes(TrainingResult result) {
        return maes(result.epochs());
    }

    static List<Double> maes(List<EpochResult> epochs) {
        return epochs.stream().map(EpochResult::validationMae).toList();
    }

    /** The training images, as files. */
    List<LabeledImage> files() throws IOException {
        List<LabeledImage> files = new ArrayList<>();
        for (LabeledImage image : images) {
            Path file = folder.resolve(image.name() + ".png");
            ImageIO.write(image.source().read(), "png", file.toFile());
            files.add(new LabeledImage(image.name(), new ImageFile(file), image.label(), Map.of()));
        }
        return files;
    }

    static ModelDescription description() throws IOException {
        return new ModelDescription(
                base(),
                preprocessor(),
                new LabelScale(0, 100, "years"),
                Map.of("type", "image-text"),
                Map.of("type", "ssr"),
                "numclip");
    }

    static BaseModel base() throws IOException {
        return BaseModel.of(new ModelSource.Directory(ReferenceModel.CLIP));
    }

    static ClipPreprocessor preprocessor() throws IOException {
        return ClipDirectory.preprocessor(ReferenceModel.CLIP);
    }
}
