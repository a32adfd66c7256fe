package io.numclip.runner;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.numclip.host.message.PlainText;
import java.util.Locale;

/**
 * Logging of the libraries: warnings and errors, to standard error, in the form of our own messages. Set up in Java,
 * because reading XML takes a twentieth of a short start-up. The property {@code logback.configurationFile} names a
 * file to use instead.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogSettings extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardError(context));
        context.getLogger("org.pf4j").setLevel(Level.OFF); // the plugin host reports every refusal itself
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(new Notices());
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.addFilter(new SaidBefore());
        appender.start();
        return appender;
    }

    /** Such as {@code warning: the message}, without a stack trace; a message may hold foreign names. */
    private static final class Notices extends LayoutBase<ILoggingEvent> {

        @Override
        public String doLayout(ILoggingEvent event) {
            String level = event.getLevel() == Level.WARN
                    ? "warning"
                    : event.getLevel().toString();
            return level.toLowerCase(Locale.ROOT)
                    + ": "
                    + PlainText.printableLines(event.getFormattedMessage())
                    + System.lineSeparator();
        }
    }
}
