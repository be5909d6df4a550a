// The board's stack is one for the whole process.
[assembly: DoNotParallelize]
