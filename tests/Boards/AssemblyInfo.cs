// The doubles stand for one device, with static members as nanoFramework's.
[assembly: DoNotParallelize]
