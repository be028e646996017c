using Boreal.Build.Sources;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;

namespace Boreal.Build.Building;

/// <summary>Where base images come from: this engine, registries, layouts of clients.</summary>
internal sealed record PlanImages(ImageStore Here, ImagePuller Registries, LayoutImages Layouts);
