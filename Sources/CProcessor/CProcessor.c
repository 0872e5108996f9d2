// What this module offers is in its header; a target needs a source.
#include "CProcessor.h"
