/** Built-in binning strategies, in scikit-learn's words. */
package io.numclip.binning;
