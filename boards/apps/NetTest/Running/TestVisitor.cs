namespace IoTNet.Apps
{
    /// <summary>Takes one test after the other.</summary>
    /// <param name="test">The test.</param>
    internal delegate void TestVisitor(TestCase test);
}
