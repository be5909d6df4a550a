// Some count the process's threads and files, and one sets an environment variable.
[assembly: DoNotParallelize]
