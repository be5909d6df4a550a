// Each test has a server and clients in processes of their own; more at once would only wait for the processor.
[assembly: DoNotParallelize]
