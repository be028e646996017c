using Boreal.Ingress.Backends;
using Microsoft.AspNetCore.Http;

namespace Boreal.Ingress.Forwarding;

/// <summary>Clients stay with the task that answered them, by a cookie with its name, as long as it is there.</summary>
internal static class Stickiness
{
    public static string Wished(HttpRequest request, string cookie) => cookie.Length == 0 ? "" : request.Cookies[cookie] ?? "";

    public static void Keep(HttpContext context, string cookie, Backend backend)
    {
        if (cookie.Length == 0 || context.Request.Cookies[cookie] == backend.Token) return;
        context.Response.Cookies.Append(cookie, backend.Token, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }
}
