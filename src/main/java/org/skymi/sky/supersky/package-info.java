/** Master sky, Super Sky and its corrected form, in one frame and over both arms. */
package org.skymi.sky.supersky;
