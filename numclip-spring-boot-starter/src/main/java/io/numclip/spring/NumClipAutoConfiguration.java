package io.numclip.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.numclip.host.NumClip;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Models as beans; health, meters and a controller where the application has what they need. */
@AutoConfiguration
@EnableConfigurationProperties(NumClipProperties.class)
@Import(ModelBeans.class)
public class NumClipAutoConfiguration {

    private static final String THREADS = "ai.djl.pytorch.num_threads"; // read once, before the first model opens

    /** By the names of the beans; an application may have none. */
    private static Map<String, NumClip> models(ListableBeanFactory beans) {
        return beans.getBeansOfType(NumClip.class);
    }

    /** Those of all models, which are opened after it. */
    @Bean
    @ConditionalOnMissingBean
    PluginCatalog numClipPlugins(NumClipProperties properties) {
        if (properties.workers() != null) {
            System.setProperty(THREADS, String.valueOf(properties.workers()));
        }
        PluginFolders folders = properties.plugins() == null
                ? PluginFolders.fromSystemProperties()
                : new PluginFolders(Path.of(properties.plugins()));
        return PluginHost.of(folders).load();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {
        @Bean
        SmartInitializingSingleton numClipMeters(ObjectProvider<MeterRegistry> registry, ListableBeanFactory beans) {
            return () -> registry.ifAvailable(
                    meters -> models(beans).forEach((name, model) -> model.tell(new ModelMeters(meters, name))));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.numclip.enabled", matchIfMissing = true)
    static class HealthOfBoot3 {
        @Bean
        org.springframework.boot.actuate.health.HealthIndicator numClipHealthIndicator(ListableBeanFactory beans) {
            return new ModelHealth.OfBoot3(models(beans));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.numclip.enabled", matchIfMissing = true)
    static class HealthOfBoot4 {
        @Bean
        org.springframework.boot.health.contributor.HealthIndicator numClipHealthIndicator(ListableBeanFactory beans) {
            return new ModelHealth.OfBoot4(models(beans));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnProperty("numclip.controller.enabled")
    static class Controller {
        @Bean
        ModelController numClipController(ListableBeanFactory beans) {
            return new ModelController(models(beans));
        }
    }
}
