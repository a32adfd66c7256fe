/** Self-contained HTML pages: elements, their style, and figures with a table behind them. */
@NullMarked
package io.numclip.runner.page;

import org.jspecify.annotations.NullMarked;
