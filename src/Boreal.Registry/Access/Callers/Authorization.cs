using System.Text;

namespace Boreal.Registry.Access.Callers;

/// <summary>The <c>Authorization</c> header, taken apart.</summary>
internal sealed record Authorization
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Set with <see cref="Password"/>: basic authentication.</summary>
    public string? User { get; private init; }

    public string Password { get; private init; } = "";

    public string? Token { get; private init; }

    /// <returns>Null for a header that is none of the two schemes, or broken.</returns>
    public static Authorization? Parse(string header)
    {
        var space = header.IndexOf(' ');
        if (space < 0)
            return null;
        var value = header[(space + 1)..].Trim();
        if (header.AsSpan(0, space).Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return new Authorization { Token = value };
        return header.AsSpan(0, space).Equals("Basic", StringComparison.OrdinalIgnoreCase) ? Basic(value) : null;
    }

    private static Authorization? Basic(string value)
    {
        try
        {
            var text = Utf8.GetString(Convert.FromBase64String(value));
            var colon = text.IndexOf(':');
            return colon > 0 ? new Authorization { User = text[..colon], Password = text[(colon + 1)..] } : null;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
