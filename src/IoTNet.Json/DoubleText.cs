#if !NANOFRAMEWORK_1_0
using System.Globalization;

namespace IoTNet
{
    /// <summary>Doubles as text on the desktop: the shortest that gives the same double again, with a point whatever the
    /// machine's language.</summary>
    internal static class DoubleText
    {
        public static string Format(double value)
        {
            return value.ToString("R", CultureInfo.InvariantCulture);
        }

        public static double Parse(string text)
        {
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
    }
}
#endif
