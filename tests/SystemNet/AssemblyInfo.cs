// Some tests count what the whole process has open or allocates.
[assembly: DoNotParallelize]
