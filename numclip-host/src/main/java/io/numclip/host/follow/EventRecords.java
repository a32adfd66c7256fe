package io.numclip.host.follow;

import io.numclip.storage.ProtobufMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Events as TensorBoard reads them: protocol buffers of the type <a
 * href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">Event</a>, each in a
 * frame of the format <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>: length (8 bytes),
 * its checksum (4), the event, its checksum (4).
 */
final class EventRecords {

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_NUMBER = 2;

    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;

    private static final int MASK = 0xa282ead8;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    /** What every file begins with. */
    EventRecords version(Instant time) {
        return add(new ProtobufMessage().number(WALL_TIME, seconds(time)).text(FILE_VERSION, "brain.Event:2"));
    }

    /** Whatever TensorBoard knows from this step on, from other files of the run, no longer holds. */
    EventRecords start(Instant time, long step) {
        return add(event(time, step)
                .message(SESSION_LOG, new ProtobufMessage().number(SESSION_STATUS, (long) SESSION_START)));
    }

    /** Numbers by their names, at a step. */
    EventRecords numbers(Instant time, long step, Map<String, Double> numbers) {
        ProtobufMessage summary = new ProtobufMessage();
        numbers.forEach((name, number) -> summary.message(
                SUMMARY_VALUE, new ProtobufMessage().text(VALUE_TAG, name).number(VALUE_NUMBER, number.floatValue())));
        return add(event(time, step).message(SUMMARY, summary));
    }

    EventRecords addAll(EventRecords others) {
        records.writeBytes(others.bytes());
        return this;
    }

    byte[] bytes() {
        return records.toByteArray();
    }

    private static ProtobufMessage event(Instant time, long step) {
        return new ProtobufMessage().number(WALL_TIME, seconds(time)).number(STEP, step);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private EventRecords add(ProtobufMessage event) {
        byte[] content = content(event);
        byte[] length = little(Long.BYTES).putLong(0, content.length).array();
        records.writeBytes(length);
        records.writeBytes(checksum(length));
        records.writeBytes(content);
        records.writeBytes(checksum(content));
        return this;
    }

    private static byte[] content(ProtobufMessage event) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            event.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
    }

    /** CRC-32C, turned by 15 bits and moved by a constant, so that checksums of checksums differ. */
    private static byte[] checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        int masked = Integer.rotateRight((int) sum.getValue(), 15) + MASK;
        return little(Integer.BYTES).putInt(0, masked).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
