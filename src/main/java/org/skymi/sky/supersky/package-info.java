/** Master sky, Super Sky and its corrected form, in one frame and over all arms. */
package org.skymi.sky.supersky;
