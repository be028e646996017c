using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Boreal.Ingress.Forwarding;

/// <summary>Tells a backend who asked, and what for. What the client itself says of that counts only where it is trusted.</summary>
internal static class ForwardedHeaders
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Host = "X-Forwarded-Host";
    private const string Port = "X-Forwarded-Port";
    private const string Prefix = "X-Forwarded-Prefix";
    private const string Standard = "Forwarded";

    public static void Set(HttpRequest request, HttpRequestMessage sent, bool trusts, string prefix)
    {
        var (headers, connection) = (sent.Headers, request.HttpContext.Connection);
        var client = connection.RemoteIpAddress is { } address ? Text(address) : "unknown";
        if (trusts && request.Headers.TryGetValue(For, out var before) && !StringValues.IsNullOrEmpty(before))
        {
            headers.Remove(For);
            headers.TryAddWithoutValidation(For, $"{before}, {client}");
            if (!request.Headers.ContainsKey(Proto)) headers.TryAddWithoutValidation(Proto, request.Scheme);
            if (!request.Headers.ContainsKey(Host)) headers.TryAddWithoutValidation(Host, request.Host.Value);
            return;
        }
        if (request.Headers.ContainsKey(Standard)) headers.Remove(Standard);
        Replace(For, client);
        Replace(Proto, request.Scheme);
        Replace(Host, request.Host.Value ?? "");
        Replace(Port, $"{connection.LocalPort}");
        Replace(Prefix, prefix);

        void Replace(string name, string value)
        {
            if (request.Headers.ContainsKey(name)) headers.Remove(name);
            if (value.Length > 0) headers.TryAddWithoutValidation(name, value);
        }
    }

    private static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
