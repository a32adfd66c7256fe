package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;

class JdkImageReadersTest {

    private static final String SAYS_NOTHING = "Caught exception during read: ";

    @Test
    void tooLittleMemoryIsToldAsSuch() {
        OutOfMemoryError memory = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(() -> JdkImageReaders.unwrapped(new IIOException(SAYS_NOTHING, memory)))
                .isSameAs(memory);
    }

    @Test
    void aMessageThatSaysNothingIsReplacedByItsCause() {
        IIOException failure = new IIOException(SAYS_NOTHING, new ArithmeticException("/ by zero"));
        assertThat(JdkImageReaders.unwrapped(failure))
                .hasMessage("damaged (decoder: java.lang.ArithmeticException: / by zero)");
        IIOException other = new IIOException("Unsupported Image Type");
        assertThat(JdkImageReaders.unwrapped(other)).isSameAs(other);
    }
}
