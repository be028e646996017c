using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Boreal.Api.Node;
using Boreal.Oci.Distribution;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>The <c>X-Registry-Auth</c> header: who asks the registry. What can't be read is nobody, as with Docker.</summary>
internal static class RegistryAuth
{
    private const string Header = "X-Registry-Auth";
    private const int Longest = 256 * 1024;

    public static RegistryCredentials? Read(HttpContext context)
    {
        var text = context.Request.Headers[Header].ToString();
        return text.Length is 0 or > Longest ? null : Parse(text);
    }

    public static RegistryCredentials? Parse(string header)
    {
        try
        {
            // Some clients use the other alphabet, or no padding.
            var bytes = Base64Url.DecodeFromChars(header.Replace('+', '-').Replace('/', '_').TrimEnd('='));
            return JsonSerializer.Deserialize(bytes, NodeJsonContext.Default.AuthRequest) is { } request ? From(request) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Null for somebody without a name.</summary>
    public static RegistryCredentials? From(AuthRequest request)
    {
        var (name, password) = (request.UserName, request.Password);
        if (name.Length == 0 && request.Auth.Length > 0 && Decode(request.Auth) is { } pair && pair.IndexOf(':') is > 0 and var colon)
            (name, password) = (pair[..colon], pair[(colon + 1)..].TrimEnd('\0'));
        var credentials = new RegistryCredentials { Username = name, Password = password, IdentityToken = request.IdentityToken, RegistryToken = request.RegistryToken };
        return credentials.IsEmpty ? null : credentials;
    }

    private static string? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
