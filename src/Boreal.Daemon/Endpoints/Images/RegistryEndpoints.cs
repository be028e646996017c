using System.Globalization;
using System.Text.Json;
using Boreal.Api.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>Images and registries: push, search, and what is there without pulling it.</summary>
internal sealed class RegistryEndpoints(ImageStore images, ImagePusher pusher, RegistryQueries registries) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/images/{name*}/push", Push);
        routes.Get("/images/search", Search);
        routes.Get("/distribution/{name*}/json", Describe);
    }

    private async Task Push(HttpContext context)
    {
        var reference = ImageNames.ToPush(context.RouteValue("name"), context.QueryText("tag"));
        var request = new PushRequest(reference, RegistryAuth.Read(context));
        if (context.QueryText("platform") is { Length: > 0 } platform)
            CheckPlatform(images.Find(reference.Familiar), reference.WithDefaultTag().Familiar, platform);
        var answer = new ProgressAnswer(context);
        await answer.RunAsync(() => pusher.PushAsync(request, answer.Send, context.Gone()), context.Gone());
    }

    private async Task Search(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("is-automated", "is-official", "stars");
        bool? automated = filters.Has("is-automated") ? filters.GetBool("is-automated", whenMissing: false) : null;
        bool? official = filters.Has("is-official") ? filters.GetBool("is-official", whenMissing: false) : null;
        var stars = filters.Get("stars").Select(ParseStars).DefaultIfEmpty(0).Max();
        var found = await registries.SearchAsync(context.QueryText("term"), context.QueryInt("limit") ?? 0, RegistryAuth.Read(context), context.Gone());
        await context.AnswerJsonAsync<IReadOnlyList<ImageSearchHit>>(
            [.. found.Where(hit => (automated is null || hit.IsAutomated == automated) && (official is null || hit.IsOfficial == official) && hit.StarCount >= stars).Select(Hit)],
            ImagesJsonContext.Default.IReadOnlyListImageSearchHit);
    }

    private async Task Describe(HttpContext context)
    {
        var reference = ImageStore.ParseReference(context.RouteValue("name"));
        var (descriptor, platforms) = await registries.DescribeAsync(reference, RegistryAuth.Read(context), context.Gone());
        var answer = new DistributionInspect
        {
            Descriptor = new ContentDescriptor { MediaType = descriptor.MediaType, Digest = descriptor.Digest.Value, Size = descriptor.Size },
            Platforms = [.. platforms.Select(Platform)],
        };
        await context.AnswerJsonAsync(answer, ImagesJsonContext.Default.DistributionInspect);
    }

    // An image here is of one platform: asking for another can't be meant.
    private static void CheckPlatform(Image image, string name, string platform)
    {
        ImagePlatform? wanted;
        try
        {
            wanted = JsonSerializer.Deserialize(platform, ImagesJsonContext.Default.ImagePlatform);
        }
        catch (JsonException e)
        {
            throw new EngineException(ErrorKind.Invalid, "failed to parse platform", e);
        }

        var actual = new Platform { Os = image.Config.Os, Architecture = image.Config.Architecture, Variant = image.Config.Variant };
        if (wanted is not null && !PlatformChoice.Runs(actual, new Platform { Os = wanted.Os, Architecture = wanted.Architecture, Variant = wanted.Variant }))
            throw new EngineException(ErrorKind.NotFound, $"image with reference {name} was found but does not match the specified platform: wanted {wanted.Os}/{wanted.Architecture}, actual: {PlatformChoice.Format(actual)}");
    }

    private static int ParseStars(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var stars) ? stars : throw new EngineException(ErrorKind.Invalid, $"invalid filter 'stars={text}'");

    private static ImageSearchHit Hit(SearchResult result) => new()
    {
        Name = result.Name,
        Description = result.Description ?? "",
        StarCount = result.StarCount,
        IsOfficial = result.IsOfficial,
        IsAutomated = result.IsAutomated,
    };

    private static ImagePlatform Platform(Platform platform) => new()
    {
        Architecture = platform.Architecture,
        Os = platform.Os,
        OsVersion = platform.OsVersion,
        OsFeatures = platform.OsFeatures,
        Variant = platform.Variant,
    };
}
