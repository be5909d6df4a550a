#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Doubles as text on the device: the shortest that gives the same double again.</summary>
    internal static class DoubleText
    {
        public static string Format(double value)
        {
            return ShortestDouble.Format(value);
        }

        public static double Parse(string text)
        {
            return double.Parse(text);
        }
    }
}
#endif
