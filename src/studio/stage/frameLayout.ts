import { type BodySpec, degreesOfFreedom } from "../../body/spec.js";
import { MAX_BOXES, MAX_GHOSTS } from "./protocol.js";

/** Numbers of a pose: x, y, z in m and a quaternion x, y, z, w. */
export const POSE = 7;
/** Numbers of a contact: the point, m, the unit normal out of the ground, and the force, N. */
export const CONTACT = 7;
const CONTACTS_PER_CHARACTER = 6;

/** Where in a frame's numbers what is; ghosts have their places whether they are there or not. */
export class FrameLayout {
  readonly parts: number;
  readonly freedoms: number;
  /** Agents, then the places of ghosts. */
  readonly characters: number;
  /** Poses of the parts come first, then joint values, then boxes, then contacts. */
  readonly jointsAt: number;
  readonly boxesAt: number;
  readonly contactsAt: number;
  readonly maxContacts: number;
  readonly length: number;

  constructor(
    body: BodySpec,
    readonly agents: number,
  ) {
    this.parts = body.parts.length;
    this.freedoms = degreesOfFreedom(body);
    this.characters = agents + MAX_GHOSTS;
    this.jointsAt = this.characters * this.parts * POSE;
    this.boxesAt = this.jointsAt + this.characters * this.freedoms;
    this.contactsAt = this.boxesAt + MAX_BOXES * POSE;
    this.maxContacts = this.characters * CONTACTS_PER_CHARACTER;
    this.length = this.contactsAt + this.maxContacts * CONTACT;
  }

  poseAt(character: number, part: number): number {
    return (character * this.parts + part) * POSE;
  }
}
