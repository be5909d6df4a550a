namespace IoTNet.Tests
{
    /// <summary>Something that a test does on another thread, or expects to throw.</summary>
    internal delegate void Body();
}
