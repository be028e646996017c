using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Registry.Errors;
using Boreal.Registry.Json;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Http;

internal static class Answers
{
    public const string DigestHeader = "Docker-Content-Digest";

    public static Task AnswerJsonAsync<T>(this HttpContext context, T body, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Adds a warning for people; it has no quotes and no line ends.</summary>
    public static void Warn(HttpContext context, string text) => context.Response.Headers.Append("Warning", $"299 - \"{text}\"");

    /// <summary>A status with no body.</summary>
    public static void Answer(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status is not StatusCodes.Status204NoContent)
            context.Response.ContentLength = 0;
    }

    public static Task AnswerErrorAsync(this HttpContext context, RegistryException error)
    {
        context.Response.Clear();
        context.Response.StatusCode = error.Status;
        error.Headers?.Invoke(context.Response.Headers);
        Protocol.AddHeaders(context.Response.Headers);
        var list = new ErrorList([new ErrorEntry(ErrorCodes.Text(error.Code), error.Message, error.Detail)]);
        return context.AnswerJsonAsync(list, RegistryJson.Plain.ErrorList);
    }
}
