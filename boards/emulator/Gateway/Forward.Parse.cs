using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IoTNet.Emulator;

// A forward as text.
public sealed partial record Forward
{
    private const int LongestText = 256;
    private const string Form = "PROTOCOL:HOST-ADDRESS:HOST-PORT:[BOARD:]BOARD-PORT, for example tcp:127.0.0.1:7007:7";

    /// <summary>Reads a forward from text.</summary>
    /// <param name="text">The text, as the class describes it.</param>
    /// <returns>The forward.</returns>
    /// <exception cref="FormatException">The text is no forward; the message says which part is wrong.</exception>
    public static Forward Parse(string text)
    {
        return TryParse(text, out Forward? forward, out string? problem) ? forward : throw new FormatException(problem);
    }

    /// <summary>Reads a forward from text.</summary>
    /// <param name="text">The text, as the class describes it.</param>
    /// <param name="forward">The forward.</param>
    /// <param name="problem">Which part is wrong, what is there and what was expected.</param>
    /// <returns>Whether the text is a forward.</returns>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Forward? forward, [NotNullWhen(false)] out string? problem)
    {
        forward = null;
        problem = null;
        if (text == null || text.Length > LongestText)
        {
            problem = "A forward is " + Form + ", not " + (text == null ? "nothing." : $"a text of {text.Length} characters.");
            return false;
        }

        List<string> parts = Split(text);
        if (parts.Count is < 4 or > 5)
        {
            problem = $"Forward \"{text}\" has {parts.Count} parts; expected 4 or 5: {Form} (IPv6 addresses in brackets).";
            return false;
        }

        ProtocolType protocol = parts[0].ToLowerInvariant() switch
        {
            "tcp" => ProtocolType.Tcp,
            "udp" => ProtocolType.Udp,
            _ => ProtocolType.Unspecified,
        };
        string? board = parts.Count == 5 ? parts[3] : null;
        int boardPort = 0;
        string? wrong = protocol == ProtocolType.Unspecified ? $"protocol \"{parts[0]}\"; expected tcp or udp"
            : !TryReadAddress(parts[1], out IPAddress? host)
                ? $"host address \"{parts[1]}\"; expected an IP address such as 127.0.0.1 or [::1], not a name"
            : !TryReadPort(parts[2], 0, out int hostPort) ? $"host port \"{parts[2]}\"; expected 0 (any free port) to 65535"
            : board != null && board.Trim().Length == 0 ? "board name, which is empty"
            : !TryReadPort(parts[^1], 1, out boardPort) ? $"board port \"{parts[^1]}\"; expected 1 to 65535"
            : Make(out forward, protocol, new IPEndPoint(host, hostPort), board, boardPort);
        problem = wrong == null ? null : $"Forward \"{text}\" has a wrong {wrong}.";
        return forward != null;
    }

    private static string? Make(out Forward forward, ProtocolType protocol, IPEndPoint host, string? board, int boardPort)
    {
        bool isAddress = TryReadAddress(board ?? "", out IPAddress? address);
        forward = new Forward
        {
            Protocol = protocol,
            Host = host,
            Board = isAddress ? null : board,
            BoardAddress = isAddress ? address : null,
            BoardPort = boardPort,
        };
        return null;
    }

    // Colons within brackets are an IPv6 address's.
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int start = 0;
        bool bracketed = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ':' && !bracketed)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
            else
            {
                bracketed = text[i] == '[' || (bracketed && text[i] != ']');
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    // IPv4 only with all four numbers: a board may be named "1".
    private static bool TryReadAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool bracketed = text.StartsWith('[') && text.EndsWith(']');
        return (bracketed || text.Count(c => c == '.') == 3) && IPAddress.TryParse(bracketed ? text[1..^1] : text, out address) &&
            address.AddressFamily == (bracketed ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    private static bool TryReadPort(string text, int lowest, out int port)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) &&
            port >= lowest && port <= IPEndPoint.MaxPort;
    }
}
