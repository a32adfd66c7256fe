package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.host.files.PredictionRow;
import io.numclip.host.label.LabelStudio;
import io.numclip.host.message.PlainText;
import io.numclip.runner.inputs.InputImage;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code config.xml}, the labelling configuration of a project, with a {@code Number} for each model; {@code tasks.json}, a
 * task for each image with the numbers as a prediction. Several models share one prediction, for Label Studio shows one at a
 * time.
 *
 * @see <a href="https://labelstud.io/guide/predictions">Import pre-annotated data</a>
 * @see <a href="https://labelstud.io/tags/number">Number</a>
 */
record LabelStudioFiles(List<LabelledModel> models) implements LabellingFiles {

    private static final String IMAGE = "image"; // of the configuration, and the field of a task with its address
    private static final String NUMBER = "number";

    @Override
    public void write(Path folder, SortedRows rows) throws IOException {
        AtomicFile.write(folder.resolve("config.xml"), configuration());
        AtomicFile.writeText(folder.resolve("tasks.json"), out -> LabellingFiles.writeList(out, rows, this::task));
    }

    private String configuration() throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartElement("View");
            tag(xml, "Image", "name", IMAGE, "value", "$" + IMAGE);
            for (LabelledModel each : models) {
                tag(xml, "Header", "value", title(each));
                String minimum = plain(each.scale().minimum());
                String maximum = plain(each.scale().maximum());
                tag(xml, "Number", "name", name(each), "toName", IMAGE, "min", minimum, "max", maximum);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("config.xml cannot be made", e);
        }
        return text.toString();
    }

    /** @param attributes name, value, name, value, ... */
    private static void tag(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeEmptyElement(name);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** Label Studio puts a field of the task where it finds a dollar sign before a letter; a wide one it leaves alone. */
    private static String title(LabelledModel model) {
        String title = model.model().name() + ", " + model.model().unit();
        return PlainText.printable(title).replace('$', '\uff04');
    }

    private static String name(LabelledModel model) {
        return model.prefix() + NUMBER;
    }

    private Map<String, Object> task(InputImage image, List<Prediction> predictions) {
        List<Map<String, Object>> numbers = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            Map<String, Object> number = new LinkedHashMap<>();
            number.put("from_name", name(models.get(i)));
            number.put("to_name", IMAGE);
            number.put("type", NUMBER);
            number.put("value", Map.of(NUMBER, predictions.get(i).value()));
            numbers.add(number);
        }
        Map<String, Object> prediction = new LinkedHashMap<>();
        prediction.put(
                "model_version",
                models.stream().map(each -> each.model().digest()).collect(Collectors.joining("+")));
        prediction.put("score", models.get(0).confidence(predictions.get(0)));
        prediction.put("result", numbers);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(IMAGE, LabelStudio.address(image.file()));
        data.put("file", image.shown());
        if (predictions.get(0).isDamaged()) {
            data.put(PredictionRow.DAMAGED, predictions.get(0).damage());
        }
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("data", data);
        task.put("predictions", List.of(prediction));
        return task;
    }
}
