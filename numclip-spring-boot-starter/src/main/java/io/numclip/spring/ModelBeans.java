package io.numclip.spring;

import io.numclip.host.NumClip;
import io.numclip.host.plugin.PluginCatalog;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** A bean for each model, opened when the application starts; closing waits for the predictions that run. */
final class ModelBeans implements ImportBeanDefinitionRegistrar {

    private final Environment environment;
    private final BeanFactory beans;

    /** Called by Spring. */
    ModelBeans(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata imported, BeanDefinitionRegistry registry) {
        NumClipProperties properties = Binder.get(environment)
                .bind("numclip", NumClipProperties.class)
                .orElseGet(() -> new NumClipProperties(Map.of(), null, null));
        properties
                .models()
                .forEach((name, model) -> registry.registerBeanDefinition(
                        name,
                        BeanDefinitionBuilder.genericBeanDefinition(NumClip.class, () -> open(model))
                                .setDestroyMethodName("close")
                                .getBeanDefinition()));
    }

    private NumClip open(NumClipProperties.Model model) {
        return NumClip.open(model.run(), beans.getBean(PluginCatalog.class), model.options());
    }
}
