using System.Globalization;

namespace IoTNet.Cli;

/// <summary>Amounts with their units, as people write them.</summary>
internal static class Quantity
{
    public const string ShareForm = "a share of the frames, such as 5% or 0.05";
    public const string TimeForm = "a time from 0 to 1 minute with its unit, such as 20ms or 1.5s";
    public const string BandwidthForm = "bits per second with their unit, such as 9600bit, 250kbit or 1Mbit";

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <summary>5% or 0.05; 0 to 100 %.</summary>
    public static bool TryShare(string text, out double share)
    {
        var percent = text.EndsWith('%');
        var read = TryNumber(percent ? text[..^1] : text, out share);
        share = percent ? share / 100 : share;
        return read && share <= 1;
    }

    /// <summary>20ms, 1.5s; at most a minute.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        time = default;
        (int Length, double Ms) unit =
            text.EndsWith("us", StringComparison.Ordinal) ? (2, 0.001)
            : text.EndsWith("ms", StringComparison.Ordinal) ? (2, 1)
            : text.EndsWith('s') ? (1, 1000)
            : default;
        if (unit.Length == 0 || !TryNumber(text[..^unit.Length], out var number) ||
            number * unit.Ms > s_longest.TotalMilliseconds)
        {
            return false;
        }

        time = TimeSpan.FromMilliseconds(number * unit.Ms);
        return true;
    }

    /// <summary>9600bit, 250kbit, 1Mbit, 1Gbit; a second is meant.</summary>
    public static bool TryBandwidth(string text, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        if (!text.EndsWith("bit", StringComparison.Ordinal))
        {
            return false;
        }

        var number = text[..^3];
        var scale = number.Length == 0 ? 1 : number[^1] switch { 'k' => 1e3, 'M' => 1e6, 'G' => 1e9, _ => 1 };
        if (!TryNumber(scale == 1 ? number : number[..^1], out var value) || value * scale is < 1 or > 1e12)
        {
            return false;
        }

        bitsPerSecond = (long)Math.Round(value * scale);
        return true;
    }

    // Digits and a point: no sign, no exponent, no infinity.
    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
