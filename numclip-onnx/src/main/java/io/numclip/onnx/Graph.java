package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.numclip.storage.ProtobufMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of ONNX operators in the making. Arrays are known by their names. The numbers of fields are those of
 * {@code onnx.proto}; the operators those of {@link #OPSET}.
 */
final class Graph {

    /** The first set of operators with layer normalisation, and so the one that most runtimes know. */
    static final int OPSET = 17;

    /** The version of the file format that came with it. */
    private static final int FORMAT = 8;

    private static final int FLOAT = 1;
    private static final int INT8 = 3;
    private static final int INT64 = 7;

    private final ProtobufMessage nodes = new ProtobufMessage();
    private final ProtobufMessage tensors = new ProtobufMessage();
    private final ProtobufMessage inputs = new ProtobufMessage();
    private final ProtobufMessage outputs = new ProtobufMessage();
    private final Map<List<Long>, String> integers = new LinkedHashMap<>();
    private final Map<Float, String> numbers = new LinkedHashMap<>();
    private int count;

    /** An input; a negative size may be any. */
    String input(String name, long... shape) {
        inputs.message(11, value(name, shape));
        return name;
    }

    /** Names an array, and makes it an output. */
    void output(String array, String name, long... shape) {
        nodes.message(1, node("Identity", name, List.of(array)));
        outputs.message(12, value(name, shape));
    }

    private static ProtobufMessage value(String name, long... shape) {
        ProtobufMessage sizes = new ProtobufMessage();
        for (long size : shape) {
            ProtobufMessage dimension = new ProtobufMessage();
            sizes.message(1, size < 0 ? dimension.text(2, "N") : dimension.number(1, size));
        }
        ProtobufMessage tensor = new ProtobufMessage().number(1, FLOAT).message(2, sizes);
        return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
    }

    /** The result of an operator. */
    String call(String operator, List<String> of, Attribute... attributes) {
        String result = operator + "_" + count++;
        nodes.message(1, node(operator, result, of, attributes));
        return result;
    }

    private static ProtobufMessage node(String operator, String result, List<String> of, Attribute... attributes) {
        ProtobufMessage node = new ProtobufMessage();
        of.forEach(input -> node.text(1, input));
        node.text(2, result).text(3, result).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        return node;
    }

    /** A stored array of float32 or int8. It is read while the file is written. */
    String weight(String name, NDArray array) {
        int type = array.getDataType() == DataType.INT8 ? INT8 : FLOAT;
        tensor(name, type, array.getShape().getShape(), new Stored(array));
        return name;
    }

    /** Numbers of a shape. */
    String weight(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        tensor(name, FLOAT, shape, new ProtobufMessage.Known(bytes.array()));
        return name;
    }

    /** A number without a shape. */
    String number(double value) {
        return numbers.computeIfAbsent((float) value, key -> weight("number_" + numbers.size(), new float[] {key}));
    }

    /** A list of integers. */
    String integers(long... values) {
        List<Long> key = Arrays.stream(values).boxed().toList();
        return integers.computeIfAbsent(
                key, any -> integers("integers_" + integers.size(), values, new long[] {values.length}));
    }

    /** An integer without a shape. */
    String integer(long value) {
        return integers("integer_" + count++, new long[] {value}, new long[0]);
    }

    private String integers(String name, long[] values, long[] shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        tensor(name, INT64, shape, new ProtobufMessage.Known(bytes.array()));
        return name;
    }

    private void tensor(String name, int type, long[] shape, ProtobufMessage.Content content) {
        ProtobufMessage tensor = new ProtobufMessage();
        for (long size : shape) {
            tensor.number(1, size);
        }
        tensors.message(5, tensor.number(2, type).text(8, name).content(9, content));
    }

    String add(String a, String b) {
        return call("Add", List.of(a, b));
    }

    String subtract(String a, String b) {
        return call("Sub", List.of(a, b));
    }

    String multiply(String a, String b) {
        return call("Mul", List.of(a, b));
    }

    String divide(String a, String b) {
        return call("Div", List.of(a, b));
    }

    String product(String a, String b) {
        return call("MatMul", List.of(a, b));
    }

    /** Rows of x (N, n), of length 1. */
    String unit(String x) {
        return divide(x, call("ReduceL2", List.of(x), Attribute.integers("axes", 1)));
    }

    String softmax(String x) {
        return call("Softmax", List.of(x), Attribute.integer("axis", -1));
    }

    String join(long axis, String... parts) {
        return call("Concat", List.of(parts), Attribute.integer("axis", axis));
    }

    /** 1 where a comparison such as {@code Greater} holds, else 0. */
    String flags(String comparison, String a, String b) {
        return decimals(call(comparison, List.of(a, b)));
    }

    /**
     * Numbers in eight bits: scale · (values − zero).
     *
     * @param scale one for all
     */
    record Quantized(String values, String scale, String zero) {}

    /** The numbers of x between the smallest and the largest, 0 among them, in 255 steps. */
    Quantized quantized(String x) {
        String values = "DynamicQuantizeLinear_" + count++;
        Quantized result = new Quantized(values, values + "_scale", values + "_zero");
        nodes.message(
                1,
                node("DynamicQuantizeLinear", values, List.of(x))
                        .text(2, result.scale())
                        .text(2, result.zero()));
        return result;
    }

    /** Integers as float32. */
    String decimals(String integers) {
        return call("Cast", List.of(integers), Attribute.integer("to", FLOAT));
    }

    /** Sums of the rows of x (N, n), as (N, 1). */
    String rowSums(String x) {
        return call("ReduceSum", List.of(x, integers(1)));
    }

    /** The places of the k smallest numbers of each row of x (N, n), as (N, k). */
    String smallest(String x, long k) {
        String values = "TopK_" + count++;
        ProtobufMessage node = node(
                "TopK", values, List.of(x, integers(k)), Attribute.integer("axis", 1), Attribute.integer("largest", 0));
        String places = values + "_places";
        nodes.message(1, node.text(2, places));
        return places;
    }

    /** Cuts some places along an axis out. */
    String slice(String x, long axis, long start, long end) {
        return call("Slice", List.of(x, integers(start), integers(end), integers(axis)));
    }

    /** A size 0 stays, and -1 follows from the others. */
    String reshape(String x, long... shape) {
        return call("Reshape", List.of(x, integers(shape)));
    }

    String transpose(String x, long... order) {
        return call("Transpose", List.of(x), Attribute.integers("perm", order));
    }

    /** The whole file. */
    ProtobufMessage model(String version, Map<String, String> metadata) {
        ProtobufMessage graph = new ProtobufMessage()
                .message(nodes)
                .text(2, "numclip")
                .message(tensors)
                .message(inputs)
                .message(outputs);
        ProtobufMessage model = new ProtobufMessage()
                .number(1, FORMAT)
                .text(2, "NumCLIP")
                .text(3, version)
                .message(7, graph)
                .message(8, new ProtobufMessage().text(1, "").number(2, OPSET));
        metadata.forEach((key, value) ->
                model.message(14, new ProtobufMessage().text(1, key).text(2, value)));
        return model;
    }

    private record Stored(NDArray array) implements ProtobufMessage.Content {

        @Override
        public long size() {
            Shape shape = array.getShape();
            return shape.size() * array.getDataType().getNumOfBytes();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(array.toByteArray());
        }
    }
}
