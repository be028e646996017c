using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Http;

/// <summary>What every answer carries.</summary>
internal static class Protocol
{
    public static void AddHeaders(IHeaderDictionary headers)
    {
        headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        headers.XContentTypeOptions = "nosniff";
    }
}
