/** Trained models as beans of Spring Boot; begin with {@link io.numclip.spring.NumClipProperties}. */
@NullMarked
package io.numclip.spring;

import org.jspecify.annotations.NullMarked;
