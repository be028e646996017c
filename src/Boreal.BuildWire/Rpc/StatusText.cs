using System.Globalization;
using System.Text;

namespace Boreal.BuildWire.Rpc;

/// <summary>A status' message as gRPC writes it into a header.</summary>
internal static class StatusText
{
    /// <summary>The message's UTF-8 with everything but printable ASCII, and the percent sign, as %XX.</summary>
    public static string Escape(string message)
    {
        var escaped = new StringBuilder(message.Length + 16);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
                escaped.Append((char)value);
            else
                escaped.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }
}
