#if !NANOFRAMEWORK_1_0
using Microsoft.VisualStudio.TestTools.UnitTesting;

// The tests count the open sockets of one stack, and measure how long calls wait.
[assembly: DoNotParallelize]
#endif
