#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Doubles as text on the device, which has no format "R" and gives 15 digits unless told otherwise.</summary>
    internal static class DoubleText
    {
        public static string Format(double value)
        {
            // 15 digits are exact for what people write; 17 are for every double, but make 0.1 a long number.
            string text = value.ToString("G15");
            return double.Parse(text) == value ? text : value.ToString("G17");
        }

        public static double Parse(string text)
        {
            return double.Parse(text);
        }
    }
}
#endif
